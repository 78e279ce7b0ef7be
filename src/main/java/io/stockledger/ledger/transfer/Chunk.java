package io.stockledger.ledger.transfer;

import io.stockledger.ledger.transfer.lines.FileRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests that one try decides together.
 *
 * @param requests in the order of the file, none of them faulty, each with an id of its own
 * @param requestsOfItem the same by item; a request over several items is there once for each
 */
record Chunk(List<FileRequest> requests, Map<Long, List<FileRequest>> requestsOfItem) {

  static Chunk of(List<FileRequest> requests) {
    Map<Long, List<FileRequest>> requestsOfItem = new LinkedHashMap<>();
    for (FileRequest request : requests) {
      for (long itemId : request.itemIds()) {
        requestsOfItem.computeIfAbsent(itemId, item -> new ArrayList<>()).add(request);
      }
    }
    return new Chunk(requests, requestsOfItem);
  }

  List<String> requestIds() {
    return requests.stream().map(FileRequest::requestId).toList();
  }
}

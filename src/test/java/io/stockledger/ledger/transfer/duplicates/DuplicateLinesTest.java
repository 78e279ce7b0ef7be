package io.stockledger.ledger.transfer.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.file.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines with the request id of an earlier one, against a map of all ids. */
final class DuplicateLinesTest {
  @TempDir private Path folder;

  /** Few ids have many lines each; many ids have few. Little memory makes many runs. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 4",
    "1, 1, 4",
    "4, 9, 4",
    "5, 9, 4",
    "8, 9, 4",
    "1000, 1, 7",
    "1000, 5, 7",
    "1000, 700, 7",
    "1000, 100000, 7",
    "1000, 700, 1000",
    "1000, 700, 1001",
    "5000, 4000, 600"
  })
  void linesAreFound(int lines, int ids, int inMemory) throws IOException {
    long seed = Long.getLong("stock.test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> requestIds = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      // Some are the beginning of others.
      requestIds.add("r".repeat(1 + random.nextInt(3)) + random.nextInt(ids));
    }
    assertThat(found(requestIds, inMemory))
        .as("-Dstock.test.seed=%s", seed)
        .isEqualTo(expected(requestIds));
  }

  /** A record's length is one byte, and the length of a read is no multiple of it. */
  @Test
  void theLongestIdsAreFound() throws IOException {
    List<String> requestIds = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      requestIds.add("x".repeat(60) + String.format("%04d", i % 2_000));
    }
    assertThat(found(requestIds, 500)).isEqualTo(expected(requestIds)).hasSize(1_000);
  }

  @Test
  void textsThatAreNoRequestIdAreNotCompared() throws IOException {
    assertThat(found(Arrays.asList("a b", "a b", "", "", "x".repeat(65), "x".repeat(65)), 4))
        .isEmpty();
  }

  /** If hashes are the same, or there are too many to be kept, the ids themselves decide. */
  @Test
  void idsAreComparedAndNotHashes() throws IOException {
    List<String> requestIds = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      requestIds.add("once-" + i);
      requestIds.add("twice-" + i);
      requestIds.add("twice-" + i);
    }
    try (IdHashes hashes = new IdHashes(4)) {
      for (String requestId : requestIds) {
        hashes.add(requestId);
      }
      IdHashes.Repeated repeated = hashes.repeated();
      assertThat(repeated.mayBe("once-1")).isTrue();
      assertThat(find(requestIds, repeated, 4)).isEqualTo(expected(requestIds)).hasSize(100);
    }
  }

  @Test
  void onlyIdsThatAreThereTwiceMayBe() throws IOException {
    for (int inMemory : new int[] {1_000, 10_000}) {
      try (IdHashes hashes = new IdHashes(inMemory)) {
        for (int i = 0; i < 5_000; i++) {
          hashes.add("r" + i);
        }
        hashes.add("r42");
        hashes.add("r42");
        hashes.add("r4999");
        IdHashes.Repeated repeated = hashes.repeated();
        assertThat(repeated.isNone()).isFalse();
        List<String> may = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
          if (repeated.mayBe("r" + i)) {
            may.add("r" + i);
          }
        }
        assertThat(may).containsExactly("r42", "r4999");
      }
    }
  }

  private Map<Long, Long> found(List<String> requestIds, int inMemory) throws IOException {
    try (IdHashes hashes = new IdHashes(inMemory)) {
      for (String requestId : requestIds) {
        hashes.add(requestId);
      }
      IdHashes.Repeated repeated = hashes.repeated();
      Map<Long, Long> found = find(requestIds, repeated, inMemory);
      assertThat(repeated.isNone() && !found.isEmpty()).isFalse();
      return found;
    }
  }

  /** Returns the first line with the id of each line that has the id of another one. */
  private Map<Long, Long> find(List<String> requestIds, IdHashes.Repeated repeated, int inMemory)
      throws IOException {
    Path path = folder.resolve("moves.csv");
    Files.writeString(
        path,
        "request_id,item_id,date,quantity\n"
            + String.join("", requestIds.stream().map(id -> "\"" + id + "\",1,x,1\n").toList()));
    Map<Long, Long> found = new TreeMap<>();
    try (CsvFile file =
            CsvFile.open(path, Set.of("request_id"), Set.of("item_id", "date", "quantity"));
        DuplicateLines duplicates =
            DuplicateLines.find(
                file,
                line -> file.columns().value(line, "request_id").strip(),
                repeated,
                inMemory)) {
      for (int reading = 0; reading < 2; reading++) {
        found.clear();
        DuplicateLines.Reading lines = duplicates.read();
        for (long line = 2; line < requestIds.size() + 2; line++) {
          OptionalLong first = lines.firstLine(line);
          if (first.isPresent()) {
            found.put(line, first.getAsLong());
          }
        }
      }
    }
    return found;
  }

  private static Map<Long, Long> expected(List<String> requestIds) {
    Map<String, Long> firstLines = new HashMap<>();
    Map<Long, Long> expected = new TreeMap<>();
    for (int i = 0; i < requestIds.size(); i++) {
      long line = i + 2L;
      Long first = firstLines.putIfAbsent(requestIds.get(i), line);
      if (first != null) {
        expected.put(line, first);
      }
    }
    return expected;
  }
}

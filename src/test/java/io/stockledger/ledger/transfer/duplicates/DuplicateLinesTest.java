package io.stockledger.ledger.transfer.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines with the request id of an earlier one, against a map of all ids. */
final class DuplicateLinesTest {
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
    Map<Long, Long> found = new TreeMap<>();
    List<Occurrence> occurrences = new ArrayList<>();
    for (int i = 0; i < requestIds.size(); i++) {
      occurrences.add(new Occurrence(requestIds.get(i), i + 2L, true));
    }
    try (DuplicateLines duplicates = among(occurrences, repeated, inMemory)) {
      for (int reading = 0; reading < 2; reading++) {
        found.clear();
        DuplicateLines.Reading lines = duplicates.read();
        for (long line = 2; line < requestIds.size() + 2; line++) {
          OptionalLong first = lines.otherLine(line);
          if (first.isPresent()) {
            found.put(line, first.getAsLong());
          }
        }
      }
    }
    return found;
  }

  private static DuplicateLines among(
      List<Occurrence> occurrences, IdHashes.Repeated repeated, int inMemory) throws IOException {
    Iterator<Occurrence> next = occurrences.iterator();
    return DuplicateLines.find(
        () -> next.hasNext() ? Optional.of(next.next()) : Optional.empty(), repeated, inMemory);
  }

  /** Then none of the requests with that id is whole. */
  @Test
  void theFirstRequestIsOneTooIfALaterOneDoesNotBeginWithAFirstLine() throws IOException {
    List<Occurrence> occurrences =
        List.of(
            new Occurrence("whole", 2, true),
            new Occurrence("parts", 3, true),
            new Occurrence("whole", 5, true),
            new Occurrence("parts", 6, true),
            new Occurrence("parts", 7, false),
            new Occurrence("parts", 9, false));
    try (IdHashes hashes = new IdHashes()) {
      for (Occurrence occurrence : occurrences) {
        hashes.add(occurrence.requestId());
      }
      try (DuplicateLines duplicates = among(occurrences, hashes.repeated(), 2)) {
        DuplicateLines.Reading reading = duplicates.read();
        List<OptionalLong> others = new ArrayList<>();
        for (Occurrence occurrence : occurrences) {
          others.add(reading.otherLine(occurrence.line()));
        }
        assertThat(others)
            .containsExactly(
                OptionalLong.empty(),
                OptionalLong.of(7),
                OptionalLong.of(2),
                OptionalLong.of(3),
                OptionalLong.of(3),
                OptionalLong.of(3));
      }
    }
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

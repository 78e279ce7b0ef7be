package io.stockledger.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RandomUuidTest {
  /** The bits that are set and not set in some of them show that all others are random. */
  @Test
  void allBitsButVersionAndVariantAreRandom() {
    long highSomewhere = 0;
    long highEverywhere = -1;
    long lowSomewhere = 0;
    long lowEverywhere = -1;
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String text = RandomUuid.next();
      assertThat(texts.add(text)).isTrue();
      UUID uuid = UUID.fromString(text);
      assertThat(text).isEqualTo(uuid.toString());
      highSomewhere |= uuid.getMostSignificantBits();
      highEverywhere &= uuid.getMostSignificantBits();
      lowSomewhere |= uuid.getLeastSignificantBits();
      lowEverywhere &= uuid.getLeastSignificantBits();
    }
    // Version 4, and variant 10 in binary.
    assertThat(highEverywhere).isEqualTo(0x4000L);
    assertThat(highSomewhere).isEqualTo(~0xB000L);
    assertThat(lowEverywhere).isEqualTo(1L << 63);
    assertThat(lowSomewhere).isEqualTo(~(1L << 62));
  }
}

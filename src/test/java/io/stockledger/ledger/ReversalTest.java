package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stockledger.ledger.rule.MoveRequest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The request id of a reversal. */
class ReversalTest {
  @Test
  void isTheFirstIdWithAPrefix() {
    assertThat(Reversal.requestId("order-8813")).isEqualTo("reverse:order-8813");
    assertThat(Reversal.requestId("x".repeat(56))).isEqualTo("reverse:" + "x".repeat(56));
  }

  /** The hash was computed with sha256sum. */
  @Test
  void isAHashOfAnIdThatIsTooLongForThePrefix() {
    assertThat(Reversal.requestId("x".repeat(57)))
        .isEqualTo("reverse.ae14a2563ccf969d99aca69ce6bb74981f734bbf9f655f73b8f06db6");
    assertThat(Reversal.requestId("x".repeat(64)))
        .isEqualTo("reverse.7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd62195");
  }

  @Test
  void isARequestIdOfItsOwnForEveryReversalOfAReversal() {
    String id = "a";
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String checked = id;
      assertThatCode(() -> MoveRequest.checkRequestId(checked)).doesNotThrowAnyException();
      assertThat(ids.add(id)).as(id).isTrue();
      id = Reversal.requestId(id);
    }
  }
}

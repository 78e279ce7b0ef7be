package io.stockledger.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Checks how clients share the memory for what is under way. */
class RoomTest {
  private static final long ALL = 2L * 4_096 * Room.OF_A_REQUEST;

  private final Room room = new Room(4_096);

  /** Takes as much as a client may that gives nothing back. */
  private long takeAll() {
    long taken = 0;
    while (room.hasRoomFor(taken)) {
      room.take(Room.OF_A_REQUEST);
      taken += Room.OF_A_REQUEST;
    }
    return taken;
  }

  @Test
  void theOnlyClientHasTheWholeWindow() {
    assertThat(takeAll()).isEqualTo(4_096L * Room.OF_A_REQUEST);
  }

  @Test
  void clientsThatGiveNothingBackLeaveRoomForTheOthers() {
    long taken = LongStream.range(0, 9).map(client -> takeAll()).sum();
    assertThat(taken).isLessThan(ALL);
    // Each takes half of what is left.
    assertThat(ALL - taken).isGreaterThan(ALL / 1_024);
    assertThat(room.hasRoomFor(0)).isTrue();
  }

  @Test
  void aClientMayAlwaysHaveOneRequestUnderWay() {
    for (int client = 0; client < 1_000; client++) {
      assertThat(takeAll()).isPositive();
    }
    assertThat(room.hasRoomFor(Room.OF_A_REQUEST)).isFalse();
  }

  @Test
  void whatIsGivenBackIsFree() {
    takeAll();
    room.giveBack(4_096L * Room.OF_A_REQUEST);
    assertThat(takeAll()).isEqualTo(4_096L * Room.OF_A_REQUEST);
  }
}

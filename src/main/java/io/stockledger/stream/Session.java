package io.stockledger.stream;

import io.stockledger.stream.operation.Answer;
import io.stockledger.stream.operation.Operations;
import io.stockledger.stream.operation.Operations.Asked;
import io.stockledger.stream.operation.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * One client: its lines, which of them are under way, and their answers in the order of the lines.
 * The answers are those of the lines done one after another:
 *
 * <ul>
 *   <li>Moves are under way together. The queue of the ledger decides them in their order on each
 *       item, and items have nothing to do with each other. Two requests with one id are the
 *       exception, so the second one begins when the first one has its answer.
 *   <li>What reads begins when all moves before it have their answers, and moves after it begin
 *       when it has its own.
 * </ul>
 */
final class Session {
  private static final long ROOM_MILLIS = 50;

  /** A client that does not read its answers is not read: otherwise it would fill the room. */
  private static final long MOST_UNREAD = 512 * 1_024;

  private final Service service;
  private final Runnable hasAnswers;
  private final Queue<Slot> inOrder = new ArrayDeque<>();
  private final Deque<Slot> waiting = new ArrayDeque<>();
  private final Set<String> idsUnderWay = new HashSet<>();
  private int movesUnderWay;
  private int readsUnderWay;
  private boolean isOneAloneUnderWay;
  private boolean isBeginning;
  private boolean isEnded;
  private long lines;
  private long taken;
  private long unread;
  private long answersTaken;

  /**
   * Makes the session of a client that has sent nothing yet.
   *
   * @param hasAnswers is run, by any thread, when there may be answers to take
   */
  Session(Service service, Runnable hasAnswers) {
    this.service = service;
    this.hasAnswers = hasAnswers;
  }

  /** Takes the next line of the client. A line that comes after the end is not read. */
  void line(LineBuffer.Line line) {
    line(
        line.isTooLong()
            ? Operations.faulty(
                Optional.empty(), "The line has more than " + LineBuffer.LONGEST_LINE + " bytes.")
            : Operations.read(line.bytes()));
  }

  private synchronized void line(Asked asked) {
    if (isEnded) {
      return;
    }
    Slot slot = new Slot(++lines, asked);
    inOrder.add(slot);
    taken += slot.weight;
    service.room().take(slot.weight);
    waiting.add(slot);
    begin();
  }

  /** Whether the client may have more under way. */
  synchronized boolean mayRead() {
    return unread < MOST_UNREAD && service.room().hasRoomFor(taken);
  }

  /** Reads nothing more. */
  synchronized void end() {
    isEnded = true;
    notifyAll();
  }

  synchronized boolean isEnded() {
    return isEnded;
  }

  /** Whether nothing more is read, and all answers are taken. */
  synchronized boolean isDone() {
    return isEnded && inOrder.isEmpty();
  }

  /** Begins what need not wait any longer. Called again from within, it leaves that to the call. */
  private void begin() {
    if (isBeginning) {
      return;
    }
    isBeginning = true;
    while (!waiting.isEmpty() && mayBegin(waiting.element())) {
      Slot slot = waiting.remove();
      count(slot, 1);
      service.begin(slot.asked.step(), answer -> answered(slot, answer));
    }
    isBeginning = false;
  }

  private boolean mayBegin(Slot slot) {
    if (isOneAloneUnderWay) {
      return false;
    }
    Step step = slot.asked.step();
    if (step instanceof Step.Moves moves) {
      return readsUnderWay == 0 && !idsUnderWay.contains(moves.request().id());
    }
    if (step instanceof Step.StockOf) {
      return movesUnderWay == 0;
    }
    return !(step instanceof Step.Alone) || (movesUnderWay == 0 && readsUnderWay == 0);
  }

  private void count(Slot slot, int more) {
    Step step = slot.asked.step();
    if (step instanceof Step.Moves moves) {
      movesUnderWay += more;
      if (more > 0) {
        idsUnderWay.add(moves.request().id());
      } else {
        idsUnderWay.remove(moves.request().id());
      }
    } else if (step instanceof Step.StockOf) {
      readsUnderWay += more;
    } else if (step instanceof Step.Alone) {
      isOneAloneUnderWay = more > 0;
    }
  }

  private void answered(Slot slot, Answer answer) {
    String json = service.words().json(slot.line, slot.asked.requestId(), answer);
    service.statistics().answered(System.nanoTime() - slot.readNanos);
    boolean isNext;
    synchronized (this) {
      slot.answer = Optional.of(json);
      // The answer stays in memory until the client has read it; the request does not.
      long weight = Room.OF_AN_ANSWER + json.length();
      take(weight - slot.weight);
      slot.weight = weight;
      unread += weight;
      count(slot, -1);
      begin();
      isNext = inOrder.peek() == slot;
    }
    if (isNext) {
      hasAnswers.run();
    }
  }

  /**
   * Moves answers, each with its end of line, to a text.
   *
   * @param most how many characters are enough
   */
  synchronized void takeAnswers(StringBuilder to, int most) {
    while (to.length() < most && !inOrder.isEmpty() && inOrder.element().answer.isPresent()) {
      Slot slot = inOrder.remove();
      to.append(slot.answer.get()).append('\n');
      answersTaken += slot.weight;
    }
  }

  /** Frees the memory of the answers that were taken, because they are passed on. */
  synchronized void passedOn() {
    take(-answersTaken);
    unread -= answersTaken;
    answersTaken = 0;
    notifyAll();
  }

  private void take(long bytes) {
    taken += bytes;
    service.room().take(bytes);
  }

  /**
   * Waits until there are answers to take, or until it is done.
   *
   * @return whether there are answers
   */
  synchronized boolean awaitAnswers() throws InterruptedException {
    while (!isDone()) {
      if (!inOrder.isEmpty() && inOrder.element().answer.isPresent()) {
        return true;
      }
      wait();
    }
    return false;
  }

  /** Wakes who waits for answers. */
  synchronized void wake() {
    notifyAll();
  }

  /**
   * Waits until the client may have more under way.
   *
   * @return false if nothing more is to be read
   */
  synchronized boolean awaitRoom() throws InterruptedException {
    while (!isEnded && !mayRead()) {
      // Others may give room back without a word to this session.
      wait(ROOM_MILLIS);
    }
    return !isEnded;
  }
}

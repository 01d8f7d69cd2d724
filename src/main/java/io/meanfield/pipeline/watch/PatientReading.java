package io.meanfield.pipeline.watch;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads again when files cannot be read, such as while a name node restarts, for five minutes at
 * most.
 */
public final class PatientReading {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Supplier<List<RunEvent>> reading;
  private final Consumer<String> notes;
  private final LongSupplier nanoTime;
  private OptionalLong failingSince = OptionalLong.empty();

  /**
   * Reads on the clock of this process.
   *
   * @param notes gets a sentence when reading begins to fail, and when it works again
   */
  public PatientReading(Supplier<List<RunEvent>> reading, Consumer<String> notes) {
    this(reading, notes, System::nanoTime);
  }

  PatientReading(Supplier<List<RunEvent>> reading, Consumer<String> notes, LongSupplier nanoTime) {
    this.reading = reading;
    this.notes = notes;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns what was read; nothing if the files cannot be read now.
   *
   * @throws UserException if they could not be read for five minutes, or for another reason
   */
  public List<RunEvent> read() {
    try {
      List<RunEvent> events = reading.get();
      if (failingSince.isPresent()) {
        failingSince = OptionalLong.empty();
        notes.accept("the run can be read again");
      }
      return events;
    } catch (UserException e) {
      if (e.code() != ErrorCode.STORE_UNREADABLE) {
        throw e;
      }
      await(e);
      return List.of();
    }
  }

  private void await(UserException unreadable) {
    long now = nanoTime.getAsLong();
    if (failingSince.isEmpty()) {
      failingSince = OptionalLong.of(now);
      notes.accept(
          unreadable.getMessage()
              + "; reading is tried again for "
              + LIMIT.toMinutes()
              + " minutes");
    } else if (now - failingSince.getAsLong() >= LIMIT.toNanos()) {
      throw unreadable;
    }
  }
}

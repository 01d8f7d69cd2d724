package io.meanfield.storm;

import java.io.IOException;

/** What happens to a command before it is left alone. */
sealed interface Disturbance permits Kills, Pause, TwoStarts {
  /** Describes the kind, for the table. */
  String kind();

  /** Starts the command and disturbs it; throws {@link Violation} if a process ends wrongly. */
  void disturb(Attempts attempts) throws IOException, InterruptedException;
}

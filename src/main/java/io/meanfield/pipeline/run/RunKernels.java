package io.meanfield.pipeline.run;

import io.meanfield.engine.LoadedKernels;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.OpenBlas;
import io.meanfield.kernels.Processor;
import io.meanfield.pipeline.settings.JobSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernels of a job, and their entry in the manifest of its run. Driver only. */
public final class RunKernels {
  /** The entry of the manifest. */
  public static final String KEY = "kernels";

  private static final Logger LOG = LoggerFactory.getLogger(RunKernels.class);

  private RunKernels() {}

  /**
   * Chooses the kernels of a job that creates a run, and selects them in this process. A continued
   * run keeps its kernels.
   */
  public static Kernels pin(JobContext job) {
    return pin(job.settings(), recorded(job));
  }

  /** Chooses the kernels of a job that creates no run, and selects them in this process. */
  public static Kernels pin(JobSettings settings) {
    return pin(settings, Optional.empty());
  }

  /**
   * Chooses the kernels of a fit in a program, and selects them in this process. With auto these
   * are native if the program has loaded the libraries with others before.
   */
  public static Kernels pinInProgram(JobSettings settings) {
    return pinInProgram(settings, Optional.empty());
  }

  /**
   * As {@link #pinInProgram(JobSettings)}, for a fit that is a run; a continued run keeps its own.
   */
  public static Kernels pinInProgram(JobContext job) {
    return pinInProgram(job.settings(), recorded(job));
  }

  private static Kernels pinInProgram(JobSettings settings, Optional<Kernels> recorded) {
    Optional<Kernels> loaded =
        NativeLibraries.canPin(Processor.here().highest())
            ? Optional.empty()
            : Optional.of(Kernels.NATIVE);
    Kernels kernels = pin(settings, recorded, Kernels.selectedBy(System.getenv()).or(() -> loaded));
    if (kernels == Kernels.NATIVE) {
      OpenBlas.foreign().map(RunKernels::warning).ifPresent(LOG::warn);
    }
    return kernels;
  }

  private static Optional<Kernels> recorded(JobContext job) {
    return job.runs().find(job.id()).flatMap(run -> run.manifest().string(KEY)).map(Kernels::of);
  }

  private static Kernels pin(JobSettings settings, Optional<Kernels> recorded) {
    return pin(settings, recorded, Kernels.selectedBy(System.getenv()));
  }

  private static Kernels pin(
      JobSettings settings, Optional<Kernels> recorded, Optional<Kernels> selected) {
    Kernels kernels = settings.engine().resolved(recorded, selected, Processor.here());
    warning(settings, kernels, Processor.here()).ifPresent(LOG::warn);
    NativeLibraries.pin(kernels);
    return kernels;
  }

  private static String warning(Path foreignBlas) {
    return String.format(
        Locale.ROOT,
        "Spark MLlib or another library has loaded %s, with which this fit computes, so its bits"
            + " may differ from those of a program without it; %s",
        foreignBlas,
        LoadedKernels.JAVA_BLAS);
  }

  static Optional<String> warning(JobSettings settings, Kernels chosen, Processor driver) {
    boolean isAutomatic = settings.engine().kernels().isEmpty();
    return isAutomatic && chosen == Kernels.NATIVE && driver.highest() == Kernels.NATIVE
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the processor %s lacks x86-64-v3, so the libraries select their kernels themselves"
                    + " (run.kernels = native) and another processor may give other bits",
                driver.name()))
        : Optional.empty();
  }
}

package io.meanfield.pipeline.run;

import io.meanfield.engine.LoadedKernels;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.kernels.OpenBlas;
import io.meanfield.kernels.Precision;
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
   * are those of an earlier fit of the program, and native if the program has loaded the libraries
   * with others before.
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
    Kernels level = Processor.here().highest(settings.engine().precision());
    Optional<Kernels> loaded =
        NativeLibraries.canPin(level) ? Optional.empty() : Optional.of(Kernels.NATIVE);
    Kernels kernels = pin(settings, recorded, selected().or(() -> loaded));
    if (kernels == Kernels.NATIVE) {
      OpenBlas.foreign().map(RunKernels::warning).ifPresent(LOG::warn);
    }
    return kernels;
  }

  private static Optional<Kernels> recorded(JobContext job) {
    return job.runs().find(job.id()).flatMap(run -> run.manifest().string(KEY)).map(Kernels::of);
  }

  private static Kernels pin(JobSettings settings, Optional<Kernels> recorded) {
    return pin(settings, recorded, selected());
  }

  /**
   * Returns the kernels that the environment selects, or that this process has selected for an
   * earlier job, because libraries that are loaded keep their kernels, on the executors too.
   */
  private static Optional<Kernels> selected() {
    return Kernels.selectedBy(System.getenv()).or(NativeLibraries::pinned);
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

  /** Warns if this processor trains with products of bfloat16 slower than without. */
  public static void warnOfSlowPrecision(Precision precision, Kernels kernels) {
    slowPrecision(precision, kernels, Processor.here()).ifPresent(LOG::warn);
  }

  static Optional<String> slowPrecision(Precision precision, Kernels kernels, Processor driver) {
    if (precision == Precision.FLOAT32 || !driver.isIntel() || !driver.hasBFloat16()) {
      return Optional.empty();
    }
    if (driver.highest() != Kernels.X86_64_V4_AMX) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "bfloat16 is slower than float32 on the processor %s, which has AVX512-BF16 but no"
                  + " AMX; train.precision = float32 trains faster",
              driver.name()));
    }
    return kernels == Kernels.X86_64_V4
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "bfloat16 is slower than float32 with run.kernels = x86-64-v4 on the processor %s;"
                    + " a new run, in a program that has trained none before, with run.kernels ="
                    + " x86-64-v4-amx uses AMX and trains faster",
                driver.name()))
        : Optional.empty();
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

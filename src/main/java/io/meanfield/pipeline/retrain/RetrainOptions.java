package io.meanfield.pipeline.retrain;

import java.time.LocalDate;

/**
 * The options of a retraining besides its settings.
 *
 * @param date the logical date; data of later dates are left out
 * @param dryRun whether to decide without registering or promoting the challenger
 * @param allowBackfill whether a run of an older date may replace the champion of a newer one
 */
public record RetrainOptions(LocalDate date, boolean dryRun, boolean allowBackfill) {}

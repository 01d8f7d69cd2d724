package io.meanfield.pipeline.housekeeping;

/** A directory among the runs. */
sealed interface RunEntry permits RunFiles, UnreadableRun {}

package io.meanfield.pipeline.housekeeping;

/** A directory among the runs that cannot be read as a run. */
public record UnreadableRun(String path, String reason) implements RunEntry {}

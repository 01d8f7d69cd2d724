package io.meanfield.pipeline.housekeeping;

/** A run that was selected and is not deleted. */
public record KeptRun(String runId, String reason) {}

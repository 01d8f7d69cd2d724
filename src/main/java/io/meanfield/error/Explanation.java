package io.meanfield.error;

/** The code and the message of a failure that was recognised. */
record Explanation(ErrorCode code, String message) {}

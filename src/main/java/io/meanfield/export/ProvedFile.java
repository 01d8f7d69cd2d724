package io.meanfield.export;

/**
 * An exported file whose outputs are those of its model.
 *
 * @param content of the file
 */
public record ProvedFile(byte[] content, Proof proof) {}

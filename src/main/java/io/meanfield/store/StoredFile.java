package io.meanfield.store;

/**
 * What a listing tells of a name in a directory.
 *
 * @param bytes the length of a file; 0 for a directory
 */
public record StoredFile(boolean isDirectory, long bytes) {}

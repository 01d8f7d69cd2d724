package io.meanfield.registry;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry of a model's history, kept as one JSON file and never changed.
 *
 * @param number from 1, without gaps; also the name of the file
 * @param token makes every entry unique, so that a process recognises its own if the file system
 *     reports an error after it has written the entry
 */
public record HistoryEntry(
    int schemaVersion, int number, Instant time, Change change, Cause cause, String token) {
  /** The version of entries that this code writes, and the newest that it reads. */
  static final int SCHEMA_VERSION = 1;

  static HistoryEntry create(int number, Change change, Cause cause) {
    return new HistoryEntry(
        SCHEMA_VERSION, number, Instant.now(), change, cause, UUID.randomUUID().toString());
  }
}

/**
 * Reads and writes strict JSON, the format of all files that programs exchange: as records or as a
 * Config, with bounds of size and depth, and with messages that name the place and what was
 * expected there.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.json.Json}.
 */
package io.meanfield.json;

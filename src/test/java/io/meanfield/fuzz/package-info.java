/**
 * Reads mutated files of every format through the entries that the commands use. A case must end in
 * verified content or in a refusal that the user understands, within limits of time and memory, and
 * must change no other file.
 *
 * <p>Start reading at {@link io.meanfield.fuzz.Format}, the list of formats, and {@link
 * io.meanfield.fuzz.Trial}, one case. {@code dev/fuzz} starts {@link io.meanfield.fuzz.FuzzMain}.
 */
package io.meanfield.fuzz;

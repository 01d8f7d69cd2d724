/**
 * Scores rows with an exported model in a program without Spark. What this package imports, other
 * packages among them, needs ONNX Runtime and Jackson alone; {@code dev/ScorerJar.java} packs it.
 *
 * <p>Imports data.column, data.encoding, evaluate.metric, json and error. Start reading at {@link
 * io.meanfield.scorer.Scorer}.
 */
package io.meanfield.scorer;

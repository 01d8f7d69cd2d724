/**
 * Writes networks and the preprocessing of their tables as ONNX graphs, and runs such graphs with
 * ONNX Runtime. ONNX: Open Neural Network Exchange, operator set 17 with the operators of {@code
 * ai.onnx.ml}.
 *
 * <p>Imports export.input, data, data.column, data.encoding, evaluate.metric, network,
 * network.layers, scorer and error. Start reading at {@link io.meanfield.export.onnx.OnnxModel}.
 */
package io.meanfield.export.onnx;

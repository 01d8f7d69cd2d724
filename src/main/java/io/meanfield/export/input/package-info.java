/**
 * What an exported model takes as inputs, and the examples with which an export is compared with
 * its model: images, rows of numbers, or the columns of a table before their preprocessing.
 *
 * <p>Imports data, data.column, data.encoding, network, network.layers, scorer and error. Start
 * reading at {@link io.meanfield.export.input.ModelInput}.
 */
package io.meanfield.export.input;

/**
 * The command line: one picocli command per class. The only package that starts a SparkSession or
 * ends the process.
 *
 * <p>Imports every package. Start reading at {@link io.meanfield.cli.Meanfield}.
 */
package io.meanfield.cli;

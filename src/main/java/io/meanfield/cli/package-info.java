/**
 * The command line: one picocli command a class. Only here is a SparkSession created, and only here
 * is the process ended.
 *
 * <p>Imports pipeline and everything below. Start reading at {@link io.meanfield.cli.Meanfield}.
 */
package io.meanfield.cli;

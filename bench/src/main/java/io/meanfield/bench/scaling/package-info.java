/**
 * A discrete-event model of an epoch on a cluster: driver, executors, their cores and network
 * links. It is fed with measured costs and starts no Spark.
 *
 * <p>Imports random. Start reading at {@link io.meanfield.bench.scaling.EpochModel}.
 */
package io.meanfield.bench.scaling;

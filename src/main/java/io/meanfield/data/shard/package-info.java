/**
 * Splits a data set into training and validation examples, balances classes, and distributes the
 * examples to the shards of the logical workers.
 *
 * <p>Imports data and random. Start reading at {@link io.meanfield.data.shard.Sharding}.
 */
package io.meanfield.data.shard;

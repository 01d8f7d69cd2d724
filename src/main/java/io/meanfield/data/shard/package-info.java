/**
 * Splits a data set into training and validation examples, balances classes, and distributes the
 * examples to the chunks of the shards of the logical workers, which tasks read one after the
 * other.
 *
 * <p>Imports data, data.table, random, settings and error. Start reading at {@link
 * io.meanfield.data.shard.Sharding}.
 */
package io.meanfield.data.shard;

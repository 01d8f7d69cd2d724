package io.meanfield.reinforce.environment;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * An episode that a worker has ended; a row of the table episodes.
 *
 * @param episode from 1, of the worker
 * @param workerStep steps of the worker at the end of the episode
 * @param steps of the episode
 * @param rewards the return: the sum of the rewards
 * @param epsilon the probability of a random action in the last step
 * @param truncated whether the limit of steps ended the episode
 */
@DefaultSerializer(JavaSerializer.class)
public record EpisodeRow(
    int worker,
    int episode,
    long workerStep,
    int steps,
    double rewards,
    double epsilon,
    boolean truncated)
    implements Serializable {}

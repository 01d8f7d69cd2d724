/**
 * Reinforcement learning: environments, deep Q-learning (Mnih et al. 2015) whose workers play and
 * learn in rounds, and greedy evaluation. The rounds are Spark jobs that end with the average of
 * {@code train.averaging}.
 *
 * <p>Imports train and every package below it. Start reading at {@link
 * io.meanfield.reinforce.environment.Environment}, then {@link
 * io.meanfield.reinforce.DeepQLearning}, which runs on the driver, and {@link
 * io.meanfield.reinforce.WorkerRound}, which an executor runs.
 */
package io.meanfield.reinforce;

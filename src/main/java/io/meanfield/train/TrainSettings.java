package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import io.meanfield.train.augment.Augmentation;
import java.io.Serializable;

/**
 * How training goes: local SGD (Stich 2019, algorithm 1), with a policy for each thing that an
 * average may do.
 *
 * @param epochs passes over the training examples
 * @param pretrainEpochs of each autoencoder, before the epochs
 * @param batchSize examples of one minibatch of one worker; workers times this is the total batch
 * @param workers logical workers; part of what a run is, unlike the size of the cluster
 * @param workersPerTask workers that share a task and average in its memory: a group
 * @param averaging when averages are taken, and what they do
 * @param earlyStopping when training ends before the last epoch
 * @param augmentation what is done to images before they are learned from
 */
@DefaultSerializer(JavaSerializer.class)
public record TrainSettings(
    int epochs,
    int pretrainEpochs,
    int batchSize,
    int workers,
    int workersPerTask,
    AveragingSettings averaging,
    EarlyStopping earlyStopping,
    Augmentation augmentation)
    implements Serializable {

  public static TrainSettings read(Section train) {
    return new TrainSettings(
        train.integer("epochs", 1),
        train.integer("pretrain-epochs", 0),
        train.integer("batch-size", 1),
        train.integer("workers", 1),
        train.integer("workers-per-task", 1),
        AveragingSettings.read(train),
        EarlyStopping.read(train.section("early-stopping")),
        Augmentation.read(train.section("augment")));
  }
}

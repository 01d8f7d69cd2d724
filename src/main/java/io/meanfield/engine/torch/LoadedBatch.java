package io.meanfield.engine.torch;

/** A minibatch in the tensors of a learner. */
record LoadedBatch(InputTensors tensors, BatchHeader header) {}

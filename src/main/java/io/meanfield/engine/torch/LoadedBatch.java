package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.BatchHeader;

/** A minibatch in the tensors of a learner. */
record LoadedBatch(InputTensors tensors, BatchHeader header) {}

package io.meanfield.network;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/**
 * The serialised form of a {@link LearnerState}. Public only because Java's serialisation requires
 * it.
 */
public final class LearnerStateProxy implements Externalizable {
  private static final long serialVersionUID = 1L;

  private LearnerState state = LearnerState.fresh(new float[0]);

  /** Creates an empty proxy; Java's serialisation requires this constructor. */
  public LearnerStateProxy() {}

  LearnerStateProxy(LearnerState state) {
    this.state = state;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(state.iteration());
    out.writeInt(state.epoch());
    SerializedNumbers.write(state.weights(), out);
    SerializedNumbers.write(state.optimizerState(), out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    int iteration = in.readInt();
    int epoch = in.readInt();
    state =
        new LearnerState(SerializedNumbers.read(in), SerializedNumbers.read(in), iteration, epoch);
  }

  private Object readResolve() {
    return state;
  }
}

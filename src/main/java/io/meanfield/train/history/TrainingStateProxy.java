package io.meanfield.train.history;

import io.meanfield.network.LearnerState;
import io.meanfield.network.SerializedNumbers;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/**
 * The serialised form of a {@link TrainingState}. Public only because Java's serialisation requires
 * it.
 */
public final class TrainingStateProxy implements Externalizable {
  private static final long serialVersionUID = 1L;

  private TrainingState state = TrainingState.initial(LearnerState.fresh(new float[0]));

  /** Creates an empty proxy; Java's serialisation requires this constructor. */
  public TrainingStateProxy() {}

  TrainingStateProxy(TrainingState state) {
    this.state = state;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeObject(state.learner());
    SerializedNumbers.write(state.outerMomentum(), out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    state = new TrainingState((LearnerState) in.readObject(), SerializedNumbers.read(in));
  }

  private Object readResolve() {
    return state;
  }
}

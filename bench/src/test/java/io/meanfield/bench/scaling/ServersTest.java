package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServersTest {
  private final EventQueue clock = new EventQueue();
  private final List<String> log = new ArrayList<>();

  private void note(String event) {
    log.add(event + " at " + clock.now());
  }

  @Test
  void usersWaitInTheOrderInWhichTheyCame() {
    Servers two = new Servers(clock, "cores", 2, UsageListener.NONE);
    two.use(3, () -> note("first"));
    two.use(1, () -> note("second"));
    two.use(1, () -> note("third"));
    two.use(4, () -> note("fourth"));
    clock.run();
    assertThat(log)
        .containsExactly("second at 1.0", "third at 2.0", "first at 3.0", "fourth at 6.0");
    assertThat(two.busySeconds()).isEqualTo(9);
  }

  @Test
  void eventsOfTheSameTimeRunInTheOrderOfTheirScheduling() {
    clock.after(1, () -> note("first"));
    clock.after(0, () -> clock.after(1, () -> note("third")));
    clock.after(1, () -> note("second"));
    clock.run();
    assertThat(log).containsExactly("first at 1.0", "second at 1.0", "third at 1.0");
  }

  @Test
  void eventBeforeNowIsRefused() {
    assertThatThrownBy(() -> clock.after(-1, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an event cannot be -1.0 seconds from now");
    assertThatThrownBy(() -> clock.after(Double.NaN, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an event cannot be NaN seconds from now");
  }

  @Test
  void transferOccupiesBothLinksAtTheSameTime() {
    Host a = new Host(clock, "a", 1, UsageListener.NONE);
    Host b = new Host(clock, "b", 1, UsageListener.NONE);
    Host c = new Host(clock, "c", 1, UsageListener.NONE);
    Network network = new Network(clock, 100, 0.5);
    network.transfer(a, c, 100, () -> note("a to c"));
    network.transfer(b, c, 100, () -> note("b to c")); // waits for c's downlink
    network.transfer(a, b, 100, () -> note("a to b")); // waits for a's uplink
    network.transfer(a, a, 100, () -> note("a to a"));
    clock.run();
    assertThat(log)
        .containsExactly("a to a at 0.0", "a to c at 1.5", "b to c at 2.5", "a to b at 2.5");
  }
}

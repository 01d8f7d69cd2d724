package io.meanfield.network;

import io.meanfield.settings.SettingsText;
import io.meanfield.settings.SettingsTree;

/** Networks that tests describe by settings, without the defaults. */
public final class TestNetworks {
  private TestNetworks() {}

  /** Returns the network of settings such as {@code network { input = [4], layers = … }}. */
  public static NetworkSettings of(String settings) {
    SettingsTree tree = SettingsTree.loadStandalone(new SettingsText(settings, "this test"));
    NetworkSettings network = NetworkSettings.read(tree.section("network"));
    tree.throwIfInvalid();
    return network;
  }
}

package io.meanfield.store;

/**
 * What distinguishes a process of Linux from every other one, together with its id.
 *
 * @param bootId the boot of the kernel, which a restart of the machine changes
 * @param namespaces the namespaces in which the id and the start are valid: two containers of a
 *     machine have processes with the same id
 * @param startTicks the start, in clock ticks since the boot: the system reuses process ids. A
 *     change of the machine's clock does not change it, unlike the start as an instant.
 */
record LinuxProcess(String bootId, String namespaces, long startTicks) {
  /** Returns whether an id names the same process for both. */
  boolean sharesIdsWith(LinuxProcess other) {
    return bootId.equals(other.bootId) && namespaces.equals(other.namespaces);
  }
}

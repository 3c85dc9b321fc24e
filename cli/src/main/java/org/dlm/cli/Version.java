package org.dlm.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code dlm --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"dlm " + number() + ", Java " + Runtime.version()};
  }

  /** As the jar has it. */
  static String number() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}

package org.dlm.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code dlm --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"dlm " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version()};
  }
}

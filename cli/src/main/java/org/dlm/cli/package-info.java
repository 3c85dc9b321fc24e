/**
 * The {@code dlm} command: the only code that prints. Each subcommand is a class; {@link org.dlm.cli.Main} lists them.
 */
package org.dlm.cli;

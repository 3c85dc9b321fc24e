package org.dlm.compiler.build;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.model.Declarations;
final class CheckNames { static void check(Declarations d, Diagnostics x) {} }

package org.dlm.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dlm.compiler.model.Documentation;
import org.dlm.compiler.syntax.Syntax;
import org.dlm.compiler.vocabulary.Vocabulary;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;

/** The parameters of the call that is being typed. */
final class CallHelp {
  private static final Pattern NAMED = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=(?!=)");

  private CallHelp() {}

  /** Null outside of calls. {@code text}: what is typed now; {@code snapshot}: what is known, perhaps of before. */
  static SignatureHelp at(Snapshot snapshot, String text, int offset) {
    Around around = Around.of(text, offset);
    Around.Open call = around.inProse() ? null : around.nearestCall();
    if (call == null) {
      return null;
    }
    Callees callees = new Callees(snapshot, text);
    Optional<Syntax.Top> called = callees.find(call.callee(), around);
    if (called.isEmpty() || Members.parameters(called.get()).isEmpty()) {
      return null;
    }
    String item = text.substring(call.item(), Math.max(call.item(), offset));
    int shift = callees.isPiped(call, around, called.get()) ? 1 : 0;
    return help(called.get(), active(Members.parameters(called.get()), item, call.items() + shift));
  }

  /** Which parameter is typed: the one that is named, else the one whose turn it is. */
  private static int active(List<Syntax.Param> params, String item, int position) {
    Matcher named = NAMED.matcher(item);
    if (named.lookingAt()) {
      for (int i = 0; i < params.size(); i++) {
        if (params.get(i).name().name().equals(named.group(1))) {
          return i;
        }
      }
    }
    return position;
  }

  private static SignatureHelp help(Syntax.Top called, int active) {
    String signature = Vocabulary.signature(called);
    SignatureInformation information = new SignatureInformation(signature);
    List<ParameterInformation> parameters = new ArrayList<>();
    int at = signature.indexOf('(');
    for (Syntax.Param param : Members.parameters(called)) {
      String written = param.span().text().strip().replaceAll("\\s+", " ");
      at = Math.max(at, signature.indexOf(written, at));
      ParameterInformation parameter = new ParameterInformation();
      parameter.setLabel(new org.eclipse.lsp4j.jsonrpc.messages.Tuple.Two<>(at, at + written.length()));
      parameters.add(parameter);
      at += written.length();
    }
    information.setParameters(parameters);
    information.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN,
        Documentation.of(called.doc()).prose().strip()));
    return new SignatureHelp(List.of(information), 0, active);
  }
}

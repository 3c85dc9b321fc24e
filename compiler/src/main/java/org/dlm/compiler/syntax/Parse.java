package org.dlm.compiler.syntax;

import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmLexer;
import org.dlm.grammar.DlmParser;

/**
 * Text to tree. A declaration with a syntax error gives one diagnostic; it is kept with its name and a
 * {@link Syntax.Broken} where the name could be read, else dropped, and the declarations behind it are read as usual.
 */
public final class Parse {
  /** How deep expressions may nest: far more than anyone writes, far less than the stack of a recursive pass holds. */
  static final int MAX_DEPTH = 250;

  /**
   * A model file is some hundreds of lines; a text beyond this size is something else, and reading it would take long.
   */
  static final int MAX_CHARACTERS = 1 << 20;

  private Parse() {}

  /** Never throws, never gives null; what is wrong with the text goes to {@code diagnostics}. */
  public static Syntax.File file(SourceFile file, Diagnostics diagnostics) {
    if (file.text().length() > MAX_CHARACTERS) {
      diagnostics.add(Diagnostic.of(Code.E0109, new Span(file, 0, 0), "this file is too large for a model")
          .label("%,d characters; at most %,d are read".formatted(file.text().length(), MAX_CHARACTERS))
          .help("split it into several files"));
      return new Syntax.File(new Span(file, 0, 0), "", List.of(), List.of());
    }
    DlmLexer lexer = new DlmLexer(new TextStream(file.name(), file.text()));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    Places places = new Places(file, tokens, diagnostics);
    return tree(tokens, places);
  }

  /**
   * SLL prediction is fast and right for every valid file; what it rejects is read again with LL, and with messages.
   */
  private static Syntax.File tree(CommonTokenStream tokens, Places places) {
    DlmParser parser = new DepthLimitedParser(tokens);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new GiveUp());
    DeclarationBuilder builder = new DeclarationBuilder(places);
    try {
      return builder.file(parser.file(), List.of());
    } catch (ParseCancellationException rejected) {
      Recovery recovery = new Recovery(places);
      parser.reset();
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      parser.setErrorHandler(recovery);
      return builder.file(parser.file(), recovery.lostNames());
    }
  }

  /** Says nothing: the second reading does. */
  private static final class GiveUp extends BailErrorStrategy {
    @Override
    public void reportError(Parser parser, RecognitionException problem) {
      throw new ParseCancellationException(problem);
    }
  }
}

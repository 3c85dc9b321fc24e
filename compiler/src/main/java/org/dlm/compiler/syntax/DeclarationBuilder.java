package org.dlm.compiler.syntax;

import static org.dlm.compiler.syntax.Syntax.*;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;
import org.dlm.grammar.DlmParser;

/** Files, declarations and members: from ANTLR's tree to ours. */
final class DeclarationBuilder {
  private static final Pattern WORD = Pattern.compile("[A-Za-z]\\w*");

  private final Places places;
  private final ExpressionBuilder expressions;

  DeclarationBuilder(Places places) {
    this.places = places;
    this.expressions = new ExpressionBuilder(places);
  }

  /** {@code lostNames}: what declarations are called that could not be read at all. */
  File file(DlmParser.FileContext file, List<Token> lostNames) {
    List<Import> imports = file.importDecl().stream().filter(this::whole).map(this::importDecl).toList();
    List<Top> declarations = new ArrayList<>();
    for (DlmParser.TopDeclContext declaration : file.topDecl()) {
      Top built = topOrBroken(declaration);
      if (built != null) {
        declarations.add(built);
      }
    }
    for (Token name : lostNames) {
      if (declarations.stream().noneMatch(d -> d.name().name().equals(name.getText()))) {
        declarations.add(lost(name));
      }
    }
    file.importDecl().stream().filter(i -> !whole(i)).forEach(i -> broken(i, declarations));
    DlmParser.PackageDeclContext declared = file.packageDecl();
    String packageName = declared == null || !whole(declared) ? "" : declared.qname().getText();
    return new File(new Span(places.file(), 0, places.file().text().length()), packageName, imports,
        List.copyOf(declarations));
  }

  private boolean whole(ParserRuleContext rule) {
    return rule != null && rule.exception == null;
  }

  /** The names on the line of an import that could not be read: whatever uses them is not at fault. */
  private void broken(DlmParser.ImportDeclContext declaration, List<Top> declarations) {
    Span start = places.of(declaration.start);
    Matcher word = WORD.matcher(places.file().lineText(start.line()));
    while (word.find()) {
      Span span = new Span(start.file(), start.start(), start.start());
      Id name = new Id(span, word.group());
      if (declarations.stream().noneMatch(d -> d.name().name().equals(name.name()))) {
        declarations.add(lost(name));
      }
    }
  }

  private Import importDecl(DlmParser.ImportDeclContext declaration) {
    List<Id> names = expressions.ids(declaration.id());
    Id alias = declaration.AS() == null ? null : names.getLast();
    return new Import(places.of(declaration), expressions.ids(declaration.qname().id()),
        alias == null ? names : names.subList(0, names.size() - 1), declaration.STAR() != null, alias);
  }

  private Top topOrBroken(DlmParser.TopDeclContext declaration) {
    if (!whole(declaration)) {
      return broken(declaration);
    }
    try {
      return top(declaration);
    } catch (TooDeep problem) {
      expressions.resetDepth();
      places.report(Diagnostic.of(Code.E0101, problem.span(), "this is nested too deeply")
          .label("more than " + Parse.MAX_DEPTH + " levels")
          .help("give parts of it names, and use those"));
      return broken(declaration);
    }
  }

  private Top top(DlmParser.TopDeclContext declaration) {
    Common common = common(declaration, declaration.tag());
    ParserRuleContext kind = (ParserRuleContext) declaration.getChild(declaration.getChildCount() - 1);
    return switch (kind) {
      case DlmParser.LayerDeclContext d -> new Layer(common.span, expressions.id(d.id()), common.tags, common.doc,
          params(d.params()), expressions.exprOrNull(d.expr()), members(d.body()));
      case DlmParser.OptimizerDeclContext d ->
          new Optimizer(common.span, expressions.id(d.id()), common.tags, common.doc, params(d.params()),
              members(d.body()));
      case DlmParser.ModelDeclContext d -> new Model(common.span, expressions.id(d.id()), common.tags, common.doc,
          expressions.exprOrNull(d.expr()), d.fixDims() == null ? List.of() : settings(d.fixDims().setting()),
          members(d.body()));
      case DlmParser.TrainDeclContext d -> new Train(common.span, expressions.id(d.id()), common.tags, common.doc,
          expressions.ids(d.qname().id()), settings(d.setting()));
      case DlmParser.FnDeclContext d -> function(common, d);
      case DlmParser.ConstDeclContext d -> constant(common, d);
      default -> throw new IllegalStateException("no tree for " + kind.getClass().getSimpleName());
    };
  }

  /**
   * What could still be read of a declaration with a syntax error: its name, so that uses of it are not reported too.
   */
  private Top broken(DlmParser.TopDeclContext declaration) {
    Span span = places.of(declaration);
    Broken text = new Broken(span);
    // the skipped tokens are children, too
    List<ParserRuleContext> rules = declaration.getRuleContexts(ParserRuleContext.class);
    return switch (rules.isEmpty() ? null : rules.getLast()) {
      case DlmParser.LayerDeclContext d when whole(d.id()) ->
          new Layer(span, expressions.id(d.id()), List.of(), "", List.of(), text, null);
      case DlmParser.ModelDeclContext d when whole(d.id()) ->
          new Model(span, expressions.id(d.id()), List.of(), "", text, List.of(), null);
      case DlmParser.FnDeclContext d when whole(d.id()) ->
          new Fn(span, expressions.id(d.id()), List.of(), "", false, List.of(), null, text, null, null);
      case DlmParser.ConstDeclContext d when whole(d.id()) ->
          new Const(span, List.of(), "", expressions.id(d.id()), null, text);
      case null, default -> null;
    };
  }

  /** Stands for a declaration of unknown kind; the case of its name tells what it most likely was. */
  private Top lost(Token token) {
    return lost(new Id(places.of(token), token.getText()));
  }

  private static Top lost(Id name) {
    Broken text = new Broken(name.span());
    return Character.isUpperCase(name.name().charAt(0))
        ? new Layer(name.span(), name, List.of(), "", List.of(), text, null)
        : new Fn(name.span(), name, List.of(), "", false, List.of(), null, text, null, null);
  }

  // ------------------------------------------------------------------------------------------------ members

  /** Null where there is no body. */
  private List<Member> members(DlmParser.BodyContext body) {
    return body == null ? null : body.member().stream().map(this::member).toList();
  }

  private Member member(DlmParser.MemberContext member) {
    Common common = common(member, member.tag());
    ParserRuleContext kind = (ParserRuleContext) member.getChild(member.getChildCount() - 1);
    return switch (kind) {
      case DlmParser.ParamDeclContext d -> new ParamDecl(common.span, common.tags, common.doc, expressions.id(d.id()),
          expressions.type(d.type()), expressions.expr(d.expr()));
      case DlmParser.BufferDeclContext d -> new BufferDecl(common.span, common.tags, common.doc, expressions.id(d.id()),
          expressions.type(d.type()), expressions.expr(d.expr()));
      case DlmParser.FieldDeclContext d ->
          new Field(common.span, common.tags, common.doc, expressions.id(d.id()), expressions.expr(d.expr()));
      case DlmParser.ConstDeclContext d -> constant(common, d);
      case DlmParser.FnDeclContext d -> function(common, d);
      case DlmParser.MemberIfContext d -> memberIf(noTags(common, d));
      case DlmParser.RequireStmtContext d -> expressions.statements().require(noTags(common, d));
      default -> throw new IllegalStateException("no tree for " + kind.getClass().getSimpleName());
    };
  }

  private <T extends ParserRuleContext> T noTags(Common common, T rule) {
    for (Tag tag : common.tags) {
      places.report(Diagnostic.of(Code.E0101, tag.span(), "a tag cannot stand here")
          .label("tags belong to declarations")
          .also(places.of(rule.getStart()), "this declares nothing"));
    }
    return rule;
  }

  private MemberIf memberIf(DlmParser.MemberIfContext choice) {
    List<Member> otherwise = List.of();
    if (choice.memberIf() != null) {
      otherwise = List.of(memberIf(choice.memberIf()));
    } else if (choice.body().size() == 2) {
      otherwise = members(choice.body(1));
    }
    return new MemberIf(places.of(choice), expressions.expr(choice.expr()), members(choice.body(0)), otherwise);
  }

  private Const constant(Common common, DlmParser.ConstDeclContext declaration) {
    return new Const(common.span, common.tags, common.doc, expressions.id(declaration.id()),
        expressions.typeOrNull(declaration.type()), expressions.expr(declaration.expr()));
  }

  private Fn function(Common common, DlmParser.FnDeclContext declaration) {
    return new Fn(common.span, expressions.id(declaration.id()), common.tags, common.doc, declaration.PRIM() != null,
        params(declaration.params()), expressions.typeOrNull(declaration.type()),
        expressions.exprOrNull(declaration.expr()),
        declaration.block() == null ? null : expressions.statements().block(declaration.block()),
        gradient(declaration.gradClause()));
  }

  private Gradient gradient(DlmParser.GradClauseContext clause) {
    return clause == null
        ? null
        : new Gradient(places.of(clause), expressions.ids(clause.id()),
            clause.exprList() == null ? null : expressions.exprs(clause.exprList().expr()),
            clause.block() == null ? null : expressions.statements().block(clause.block()));
  }

  // ------------------------------------------------------------------------------------------------ pieces

  private List<Param> params(DlmParser.ParamsContext params) {
    return params == null ? List.of() : params.param().stream().map(this::param).toList();
  }

  private Param param(DlmParser.ParamContext param) {
    return new Param(places.of(param), expressions.id(param.id()), expressions.typeOrNull(param.type()),
        expressions.exprOrNull(param.expr()));
  }

  private List<Setting> settings(List<DlmParser.SettingContext> settings) {
    return settings.stream()
        .map(s -> new Setting(places.of(s), expressions.id(s.id()), expressions.expr(s.expr())))
        .toList();
  }

  /** What every declaration has. */
  private record Common(Span span, List<Tag> tags, String doc) {}

  private Common common(ParserRuleContext declaration, List<DlmParser.TagContext> tags) {
    List<Tag> built = tags.stream()
        .map(t -> new Tag(places.of(t), expressions.id(t.id()), expressions.args(t.args())))
        .toList();
    String doc = places.documentation(declaration.getStart());
    if (!tags.isEmpty()) {
      String between = places.documentation(places.after(tags.getLast().getStop()));
      doc = doc.isEmpty() || between.isEmpty() ? doc + between : doc + "\n" + between;
    }
    return new Common(places.of(declaration), built, doc);
  }
}

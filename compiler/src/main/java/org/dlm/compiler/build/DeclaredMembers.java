package org.dlm.compiler.build;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.syntax.Syntax;

/**
 * What the declaration of an instance says: its hyper-parameters, members and functions, whether they are there yet or
 * not.
 */
final class DeclaredMembers {
  private DeclaredMembers() {}

  static List<Syntax.Param> params(Instance instance) {
    return switch (instance.declaration()) {
      case Syntax.Layer l -> l.params();
      case Syntax.Optimizer o -> o.params();
      default -> List.of();
    };
  }

  static List<Syntax.Member> body(Syntax.Top declaration) {
    List<Syntax.Member> body = switch (declaration) {
      case Syntax.Layer l -> l.body();
      case Syntax.Optimizer o -> o.body();
      case Syntax.Model m -> m.body();
      default -> null;
    };
    return body == null ? List.of() : body;
  }

  /** The function of that name as declared, also inside a member {@code if}; null where there is none. */
  static Syntax.Fn function(Instance instance, String name) {
    return function(body(instance.declaration()), name);
  }

  private static Syntax.Fn function(List<Syntax.Member> members, String name) {
    for (Syntax.Member member : members) {
      Syntax.Fn found = switch (member) {
        case Syntax.Fn fn when fn.name().name().equals(name) -> fn;
        case Syntax.MemberIf i -> {
          Syntax.Fn inside = function(i.then(), name);
          yield inside != null ? inside : function(i.otherwise(), name);
        }
        default -> null;
      };
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Does a function of the declaration speak of the member? */
  static boolean mentions(Syntax.Top declaration, String member) {
    Pattern word = Pattern.compile("\\b" + Pattern.quote(member) + "\\b");
    return !member.isEmpty() && mentions(body(declaration), word);
  }

  private static boolean mentions(List<Syntax.Member> members, Pattern word) {
    return members.stream().anyMatch(m -> m instanceof Syntax.Fn fn && word.matcher(fn.span().text()).find()
        || m instanceof Syntax.MemberIf i && (mentions(i.then(), word) || mentions(i.otherwise(), word)));
  }

  /**
   * The names of everything the instance has or may have: hyper-parameters and members, also those inside a member
   * {@code if}.
   */
  static Set<String> names(Instance instance) {
    Set<String> names = new TreeSet<>(instance.scope().members());
    params(instance).forEach(p -> names.add(p.name().name()));
    collect(body(instance.declaration()), names);
    return names;
  }

  private static void collect(List<Syntax.Member> members, Set<String> names) {
    for (Syntax.Member member : members) {
      if (member instanceof Syntax.MemberIf i) {
        collect(i.then(), names);
        collect(i.otherwise(), names);
      } else if (nameOf(member) != null) {
        names.add(nameOf(member));
      }
    }
  }

  /** The hyper-parameters that wait to be inferred. */
  static Set<String> pending(Instance instance) {
    Set<String> names = new TreeSet<>();
    for (Syntax.Param param : params(instance)) {
      String name = param.name().name();
      Meaning value = instance.scope().own(name);
      if (value instanceof Meaning.Unknown || value == null && param.value() instanceof Syntax.Infer) {
        names.add(name);
      }
    }
    return names;
  }

  static String nameOf(Syntax.Member member) {
    return switch (member) {
      case Syntax.ParamDecl p -> p.name().name();
      case Syntax.BufferDecl b -> b.name().name();
      case Syntax.Const c -> c.name().name();
      case Syntax.Field f -> f.name().name();
      case Syntax.Fn f -> f.name().name();
      case Syntax.MemberIf i -> null;
      case Syntax.Require r -> null;
    };
  }
}

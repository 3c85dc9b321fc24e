package org.dlm.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PrintTests {
  private static Syntax.File parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Syntax.File file = Parse.file(new SourceFile("printed.dlm", text), diagnostics);
    assertThat(diagnostics.all()).as(text).isEmpty();
    return file;
  }

  /** A tree as text in which only the spans are missing. */
  private static String shape(Object node) {
    if (node instanceof List<?> items) {
      return items.stream().map(PrintTests::shape).toList().toString();
    }
    if (!(node instanceof Record)) {
      return String.valueOf(node);
    }
    StringBuilder text = new StringBuilder(node.getClass().getSimpleName()).append('(');
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      if (component.getType() != Span.class) {
        try {
          text.append(component.getName()).append('=').append(shape(component.getAccessor().invoke(node))).append(' ');
        } catch (ReflectiveOperationException problem) {
          throw new AssertionError(problem);
        }
      }
    }
    return text.append(')').toString();
  }

  @TestFactory
  Stream<DynamicTest> whatIsPrintedIsReadAsTheSameTree() {
    return Corpus.files("syntax/valid").stream().map(path -> dynamicTest(path.getFileName().toString(), () -> {
      Syntax.File file = parse(Corpus.read(path).text());
      String printed = Print.text(file);
      Syntax.File again = parse(printed);
      assertThat(shape(again)).as(printed).isEqualTo(shape(file));
      assertThat(Print.text(again)).isEqualTo(printed);
    }));
  }

  @Test
  void putsTextIntoTheUsualForm() {
    assertThat(Print.text(parse("""
        package   a . b
        import c.{ d,e , }
        ///Doc.
        #remat layer A( x:int=1_000 , y : float= 1e-3 )=[ Linear( x ),relu,
           Conv2d(6,
                kernel=5), ]
        model M=A() with N=1,T = 2
        model M2=A()

        model M3=A()
        layer B{
            y   = relu
            param w:[x,...]=zeros


            fn forward(x:[N]) -> [N]{ return -x**2+(x*3)/2 |> relu |> f( 3 )
               |> tanh }
            if a{ b=c }else if d { e=f } else{ g=h
            i=j }
        }
        """))).isEqualTo("""
        package a.b
        import c.{d, e}

        /// Doc.
        #remat
        layer A(x: int = 1_000, y: float = 1e-3) = [Linear(x), relu,
                                                    Conv2d(6,
                                                           kernel = 5)]

        model M = A() with N = 1, T = 2
        model M2 = A()

        model M3 = A()

        layer B {
          y = relu
          param w: [x, ...] = zeros

          fn forward(x: [N]) -> [N] {
            return -x ** 2 + (x * 3) / 2 |> relu |> f(3)
              |> tanh
          }
          if a {
            b = c
          } else if d {
            e = f
          } else {
            g = h
            i = j
          }
        }
        """);
  }
}

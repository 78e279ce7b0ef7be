package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.library.StockLedger;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The types that a program with the library may use, which the {@code package-info} of each package
 * lists under 'Public API'. All others are internal.
 */
final class PublicApiTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path POM = Path.of("pom.xml");

  private static final Pattern SENTENCE =
      Pattern.compile("<p>Public API: (.*?)\\.(?= |\\s*package)");
  private static final Pattern NAME = Pattern.compile("\\{@code (\\w+)\\}");
  private static final Pattern DOCUMENTED =
      Pattern.compile("<include>(io/stockledger/[\\w/]+)\\.java</include>");

  @Test
  void aPublicTypeNamesOnlyPublicTypesAndThoseOfJava() throws Exception {
    Set<String> api = api();
    for (String name : api) {
      assertThat(namedBy(Class.forName(name))).as("named by " + name).isSubsetOf(api);
    }
  }

  /** Nothing is promised that no program can meet. */
  @Test
  void eachPublicTypeIsReachedFromStockLedgerOrIsThrown() throws Exception {
    Set<String> reached = new TreeSet<>();
    reach(StockLedger.class, reached);
    for (String name : api()) {
      Class<?> type = Class.forName(name);
      if (Throwable.class.isAssignableFrom(type)) {
        reach(type, reached);
      }
    }
    assertThat(reached).isEqualTo(api());
  }

  @Test
  void theJavadocIsThatOfThePublicTypes() throws IOException {
    Set<String> documented = new TreeSet<>();
    Matcher include = DOCUMENTED.matcher(Files.readString(POM));
    while (include.find()) {
      documented.add(include.group(1).replace('/', '.'));
    }
    assertThat(documented).isEqualTo(api());
  }

  private static void reach(Class<?> type, Set<String> reached) throws ClassNotFoundException {
    if (reached.add(type.getName())) {
      for (String named : namedBy(type)) {
        reach(Class.forName(named), reached);
      }
    }
  }

  /** Returns the names of the types of the product that what others may use of a type names. */
  private static Set<String> namedBy(Class<?> type) {
    assertThat(Modifier.isPublic(type.getModifiers())).as(type.getName()).isTrue();
    List<Type> types = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
    types.add(type.getGenericSuperclass());
    for (Field field : type.getDeclaredFields()) {
      if (isOpen(field)) {
        types.add(field.getGenericType());
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isOpen(method)) {
        types.add(method.getGenericReturnType());
        addParametersOf(method, types);
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isOpen(constructor)) {
        addParametersOf(constructor, types);
      }
    }
    Set<String> names = new TreeSet<>();
    types.forEach(named -> addClasses(named, names));
    for (Class<?> nested : type.getDeclaredClasses()) {
      if (Modifier.isPublic(nested.getModifiers())) {
        names.addAll(namedBy(nested));
      }
    }
    names.remove(type.getName());
    return names;
  }

  private static boolean isOpen(Member member) {
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers()));
  }

  private static void addParametersOf(Executable executable, List<Type> types) {
    types.addAll(Arrays.asList(executable.getGenericParameterTypes()));
    types.addAll(Arrays.asList(executable.getGenericExceptionTypes()));
  }

  private static void addClasses(Type type, Set<String> names) {
    if (type instanceof Class<?> named) {
      if (named.isArray()) {
        addClasses(named.getComponentType(), names);
      } else if (named.getName().startsWith("io.stockledger.")) {
        // A nested type is listed by the one around it.
        names.add(named.getName().replaceFirst("\\$.*", ""));
      } else if (!named.isPrimitive()) {
        assertThat(named.getName()).startsWith("java");
      }
    } else if (type instanceof ParameterizedType parameterized) {
      addClasses(parameterized.getRawType(), names);
      Stream.of(parameterized.getActualTypeArguments()).forEach(one -> addClasses(one, names));
    } else if (type instanceof GenericArrayType array) {
      addClasses(array.getGenericComponentType(), names);
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds()).forEach(one -> addClasses(one, names));
      Stream.of(wildcard.getLowerBounds()).forEach(one -> addClasses(one, names));
    } else if (type instanceof TypeVariable<?> variable) {
      assertThat(variable.getBounds()).containsExactly(Object.class);
    }
  }

  private static Set<String> api() throws IOException {
    Set<String> types = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file :
          files.filter(path -> path.endsWith("package-info.java")).collect(Collectors.toList())) {
        Matcher sentence =
            SENTENCE.matcher(Files.readString(file).replaceAll("\\s*\\n \\*/?\\s*", " "));
        while (sentence.find()) {
          Matcher name = NAME.matcher(sentence.group(1));
          while (name.find()) {
            types.add(
                SOURCES.relativize(file.getParent()).toString().replace('/', '.')
                    + "."
                    + name.group(1));
          }
        }
      }
    }
    assertThat(types).contains(StockLedger.class.getName());
    return types;
  }
}

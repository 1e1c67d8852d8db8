import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles at build time the one class that Chronicle Map would otherwise write and compile in each process that opens
 * a map, which takes it a second and a whole JDK. Chronicle looks for the class before it makes it.
 *
 * <p>Its argument is the folder of classes.
 */
public final class ChronicleCode {
    private static final String PACKAGE = "net.openhft.chronicle.hash";
    private static final String VALUE = "VanillaGlobalMutableState";
    private static final String CLASS = VALUE + "$$Native";

    private ChronicleCode() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-d", arguments[0], "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
        if (!compiler.getTask(null, null, null, options, null, List.of(new Source(generate())))
                .call()) {
            throw new IllegalStateException(CLASS + " does not compile");
        }
    }

    private static String generate() throws ReflectiveOperationException {
        Class<?> value = Class.forName(PACKAGE + "." + VALUE, false, ChronicleCode.class.getClassLoader());
        Class<?> modelClass = Class.forName("net.openhft.chronicle.values.ValueModel");
        Object model = modelClass.getMethod("acquire", Class.class).invoke(null, value);
        Method generator = Class.forName("net.openhft.chronicle.values.Generators")
                .getDeclaredMethod("generateNativeClass", modelClass, String.class);
        generator.setAccessible(true);
        return (String) generator.invoke(null, model, CLASS);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(
                    URI.create("string:///" + PACKAGE.replace('.', '/') + "/" + CLASS + ".java"),
                    JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}

package dev.ingestkit.testkit.function;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.ingestkit.local.bootstrap.HandlerBridge;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads Lambda's runtime for a replaced function and everything else from the test's class path, so that the handler is
 * the test's own object and its event classes are the test's. Thread-safe.
 */
final class ReplacementLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String TYPED = "dev.ingestkit.testkit.function.TypedHandler";
    private static final String BASE = ReplacedHandler.class.getName().replace('.', '/');
    private static final String INTERFACE = RequestHandler.class.getName().replace('.', '/');
    /** The prefixes of the classes that this loader defines itself: the test may have another version of Lambda's runtime. */
    private static final List<String> OWN = List.of(
            HandlerBridge.class.getPackageName() + ".",
            "com.amazonaws.services.lambda.runtime.api.",
            "com.amazonaws.services.lambda.runtime.serialization.",
            "com.amazonaws.services.lambda.crac.",
            FunctionSystem.class.getName());

    private final Replacement replacement;

    /**
     * Creates a loader.
     *
     * @param own the jars of Lambda's runtime, and where the testkit's classes are
     */
    ReplacementLoader(List<URL> own, Replacement replacement) {
        super(own.toArray(URL[]::new), ReplacementLoader.class.getClassLoader());
        this.replacement = requireNonNull(replacement, "replacement");
    }

    Replacement replacement() {
        return replacement;
    }

    /** Returns the handler's name for Lambda's runtime. */
    String handler() {
        return replacement.handler() instanceof RequestStreamHandler
                ? ReplacedHandler.OfStreams.class.getName()
                : TYPED;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(TYPED) && OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = name.equals(TYPED) ? typed() : file(name);
        return defineClass(name, file, 0, file.length);
    }

    /** Returns a class's file, with what it asks of the process redirected: Lambda's runtime reads its variables. */
    private byte[] file(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        URL found = findResource(path);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        try {
            return ClassFiles.redirected(path, found);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    /** Returns {@code class TypedHandler extends ReplacedHandler implements RequestHandler<EVENT, Object>}. */
    private byte[] typed() {
        ClassWriter writer = new ClassWriter(0);
        String signature = "L%s;L%s<%sLjava/lang/Object;>;".formatted(BASE, INTERFACE, signature(replacement.event()));
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                TYPED.replace('.', '/'),
                signature,
                BASE,
                new String[] {INTERFACE});
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, BASE, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static String signature(Type type) {
        if (type instanceof Class<?> known) {
            return known.descriptorString();
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            StringBuilder text = new StringBuilder(raw.descriptorString());
            text.setCharAt(text.length() - 1, '<');
            for (Type argument : generic.getActualTypeArguments()) {
                text.append(signature(argument));
            }
            return text.append(">;").toString();
        }
        return Object.class.descriptorString();
    }
}

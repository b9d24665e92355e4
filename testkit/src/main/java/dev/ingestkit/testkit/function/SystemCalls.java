package dev.ingestkit.testkit.function;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Redirects a class's calls of {@link System} and {@link Runtime} that concern a whole process to {@link
 * FunctionSystem}. Lines, branches and frames stay as they are, so a debugger and a coverage tool see the class that the
 * compiler made.
 */
final class SystemCalls {

    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String OWN = FunctionSystem.class.getName().replace('.', '/');
    private static final Set<String> STATIC_CALLS = Set.of("getenv", "getProperty", "exit", "setOut", "setErr");
    private static final Set<String> STREAMS = Set.of("out", "err");
    private static final Set<String> ENDS = Set.of("exit", "halt");
    private static final Set<String> HOOKS = Set.of("addShutdownHook", "removeShutdownHook");
    /** The constants of a class's pool that each redirected call has one of, beside its owner. */
    private static final List<String> MEMBERS = Stream.of(STATIC_CALLS, STREAMS, ENDS, HOOKS)
            .flatMap(Set::stream)
            .distinct()
            .map(SystemCalls::constant)
            .toList();

    private SystemCalls() {}

    /** Returns the text of a name's constant, each byte a character: a tag, the length in two bytes, the name. */
    private static String constant(String name) {
        return "\u0001\0" + (char) name.length() + name;
    }

    /** Returns the class with its calls redirected; the same array if it has none. */
    static byte[] redirected(byte[] original) {
        if (!mentions(original)) {
            return original;
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        Redirection redirection = new Redirection(writer);
        reader.accept(redirection, 0);
        return redirection.changed ? CoverageId.keep(original, writer) : original;
    }

    /** Returns whether a class may have a call to redirect: reading its constants as text takes far less than parsing it. */
    private static boolean mentions(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return (text.contains(constant(SYSTEM)) || text.contains(constant(RUNTIME)))
                && MEMBERS.stream().anyMatch(text::contains);
    }

    private static boolean isRedirected(String owner, String name, String descriptor) {
        return switch (owner) {
            // The properties as a whole are the JVM's.
            case SYSTEM -> STATIC_CALLS.contains(name);
            case RUNTIME -> (descriptor.equals("(I)V") && ENDS.contains(name)) || HOOKS.contains(name);
            default -> false;
        };
    }

    private static final class Redirection extends ClassVisitor {

        private boolean changed;

        Redirection(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions));
        }

        private final class Calls extends MethodVisitor {

            Calls(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                if (!isRedirected(owner, name, descriptor)) {
                    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                    return;
                }
                changed = true;
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, OWN, ownName(name), ownDescriptor(owner, descriptor), false);
            }

            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
                boolean stream = opcode == Opcodes.GETSTATIC && owner.equals(SYSTEM) && STREAMS.contains(name);
                changed |= stream;
                super.visitFieldInsn(opcode, stream ? OWN : owner, name, descriptor);
            }

            @Override
            public void visitInvokeDynamicInsn(
                    String name, String descriptor, Handle bootstrap, Object... bootstrapArguments) {
                Object[] arguments = bootstrapArguments.clone();
                for (int at = 0; at < arguments.length; at++) {
                    if (arguments[at] instanceof Handle handle
                            && isRedirected(handle.getOwner(), handle.getName(), handle.getDesc())) {
                        changed = true;
                        arguments[at] = new Handle(
                                Opcodes.H_INVOKESTATIC,
                                OWN,
                                ownName(handle.getName()),
                                ownDescriptor(handle.getOwner(), handle.getDesc()),
                                false);
                    }
                }
                super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
            }
        }

        private static String ownName(String name) {
            return name.equals("halt") ? "exit" : name;
        }

        private static String ownDescriptor(String owner, String descriptor) {
            return owner.equals(RUNTIME) ? "(L" + RUNTIME + ";" + descriptor.substring(1) : descriptor;
        }
    }
}

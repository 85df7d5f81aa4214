// Prints every public type and member of an assembly as reflection sees them, one line each.
// The fields of a line are parted by tabs; names are spelled as revitron_grpc.catalog spells them.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

static class Listing {
    const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;
    static TextWriter Out;

    static string Plain(string name) {
        int mark = name.LastIndexOf('`');
        return mark < 0 ? name : name.Substring(0, mark);
    }

    static string Definition(Type type) {
        if (type.IsNested) return Definition(type.DeclaringType) + "." + Plain(type.Name);
        return (string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".") + Plain(type.Name);
    }

    static string Spell(Type type) {
        if (type.IsByRef) return Spell(type.GetElementType());
        if (type.IsPointer) return Spell(type.GetElementType()) + "*";
        if (type.IsArray) {
            int rank = type.GetArrayRank();
            bool vector = type == type.GetElementType().MakeArrayType();
            string inside = rank > 1 ? new string(',', rank - 1) : vector ? "" : "*";
            return Spell(type.GetElementType()) + "[" + inside + "]";
        }
        if (type.IsGenericParameter)
            return (type.DeclaringMethod == null ? "!" : "!!") + type.GenericParameterPosition;
        if (type.IsGenericType) {
            var arguments = type.GetGenericArguments().Select(Spell);
            return Definition(type.GetGenericTypeDefinition()) + "<" + string.Join(",", arguments) + ">";
        }
        return Definition(type);
    }

    // A type that is mentioned without arguments inside its own definition.
    static string Base(Type type) {
        return type == null ? "" : Spell(type);
    }

    static string Obsolete(ICustomAttributeProvider of) {
        var note = (ObsoleteAttribute) of.GetCustomAttributes(typeof(ObsoleteAttribute), false)
            .FirstOrDefault();
        return note == null ? "-" : "!" + (note.Message ?? "").Replace("\n", " ").Replace("\r", " ");
    }

    static string Parameter(ParameterInfo parameter) {
        string modifier = "";
        if (parameter.GetCustomAttributes(typeof(ParamArrayAttribute), false).Length > 0)
            modifier = "params ";
        else if (parameter.ParameterType.IsByRef) {
            bool readOnly = parameter.GetRequiredCustomModifiers()
                    .Any(t => t.FullName == "System.Runtime.InteropServices.InAttribute")
                || parameter.CustomAttributes.Any(a => a.AttributeType.FullName
                    == "System.Runtime.CompilerServices.IsReadOnlyAttribute");
            if (!readOnly) modifier = parameter.IsOut && !parameter.IsIn ? "out " : "ref ";
        }
        return modifier + Spell(parameter.ParameterType) + " " + parameter.Name
            + (parameter.IsOptional ? " =" : "");
    }

    static string Parameters(ParameterInfo[] parameters) {
        return string.Join(", ", parameters.Select(Parameter));
    }

    static void Line(params object[] fields) {
        Out.WriteLine(string.Join("\t", fields));
    }

    static string Kind(Type type) {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (type.IsValueType) return "struct";
        if (type.BaseType == typeof(MulticastDelegate)) return "delegate";
        return "class";
    }

    static void List(Type type) {
        string name = Definition(type);
        string kind = Kind(type);
        string shape = kind == "interface" ? ""
            : type.IsAbstract && type.IsSealed ? "static" : type.IsAbstract ? "abstract" : "";
        Line("T", name, kind, Base(type.BaseType), shape,
            string.Join(",", type.GetGenericArguments().Select(t => t.Name)),
            type.IsNested ? Definition(type.DeclaringType) : "", type.Namespace ?? "",
            type.GetGenericArguments().Length, Obsolete(type));
        foreach (var implemented in type.GetInterfaces()) Line("I", name, type.GetGenericArguments().Length, Spell(implemented));
        if (kind == "delegate") return;
        int arity = type.GetGenericArguments().Length;
        foreach (var field in type.GetFields(Own)) {
            if (kind == "enum" && !field.IsStatic) continue;
            string value = kind == "enum"
                ? Convert.ToDecimal(field.GetRawConstantValue()).ToString("0") : "";
            Line("M", name, arity, "field", field.Name, field.IsStatic, Spell(field.FieldType), "", "", value,
                Obsolete(field));
        }
        if (kind == "enum") return;
        var accessors = new HashSet<MethodInfo>();
        const BindingFlags all = Own | BindingFlags.NonPublic;
        string defaultName = type.GetCustomAttributes(typeof(DefaultMemberAttribute), false)
            .Cast<DefaultMemberAttribute>().Select(a => a.MemberName).FirstOrDefault();
        foreach (var property in type.GetProperties(all)) {
            foreach (var accessor in property.GetAccessors(true)) accessors.Add(accessor);
            var open = property.GetAccessors(false);
            if (open.Length == 0) continue;
            var getter = property.GetGetMethod(false);
            var setter = property.GetSetMethod(false);
            var index = property.GetIndexParameters();
            Line("M", name, arity, "property", property.Name, open[0].IsStatic, Spell(property.PropertyType),
                Parameters(index), index.Length > 0 && property.Name == defaultName ? "default" : "",
                (getter == null ? "" : "get") + (setter == null ? "" : "set"), Obsolete(property));
        }
        foreach (var happening in type.GetEvents(all)) {
            foreach (var accessor in new[] { happening.GetAddMethod(true), happening.GetRemoveMethod(true),
                    happening.GetRaiseMethod(true) })
                if (accessor != null) accessors.Add(accessor);
            if (happening.GetAddMethod(false) == null) continue;
            Line("M", name, arity, "event", happening.Name, happening.GetAddMethod(false).IsStatic,
                Spell(happening.EventHandlerType), "", "", "", Obsolete(happening));
        }
        foreach (var constructor in type.GetConstructors(Own)) {
            if (constructor.IsStatic) continue;
            Line("M", name, arity, "constructor", constructor.Name, false, "System.Void",
                Parameters(constructor.GetParameters()), "", "", Obsolete(constructor));
        }
        foreach (var method in type.GetMethods(Own)) {
            if (accessors.Contains(method)) continue;
            Line("M", name, arity, "method", method.Name, method.IsStatic, Spell(method.ReturnType),
                Parameters(method.GetParameters()),
                string.Join(",", method.GetGenericArguments().Select(t => t.Name)), "", Obsolete(method));
        }
    }

    static void Main(string[] arguments) {
        Out = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false));
        var assembly = Assembly.LoadFrom(arguments[0]);
        foreach (var type in assembly.GetTypes())
            if (type.IsVisible) List(type);
        Out.Flush();
    }
}

// A made-up Revit API: names that the facts have, names that only this has, and every shape of a
// member that an assembly can show. Nothing here is Autodesk's; no body does anything.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;

[assembly: AssemblyVersion("27.0.4.0")]

namespace Elsewhere { public class NotOfRevit { } }

namespace Autodesk.Revit.DB
{
    public interface IHasArea { double Area { get; } }
    public interface INamed : IHasArea { string Name { get; } }
    internal interface IHidden { }

    public class ElementId : IComparable
    {
        public ElementId(long id) { }
        public ElementId(BuiltInParameter parameterId) { }
        public long Value { get { return 0; } }
        public static ElementId InvalidElementId { get { return null; } }
        public static bool TryParse(string idStr, out ElementId id) { id = null; return false; }
        public static bool operator ==(ElementId first, ElementId second) { return true; }
        public static bool operator !=(ElementId first, ElementId second) { return true; }
        public static implicit operator long(ElementId id) { return 0; }
        public static explicit operator string(ElementId id) { return null; }
        public override bool Equals(object obj) { return true; }
        public override int GetHashCode() { return 0; }
        int IComparable.CompareTo(object other) { return 0; }
    }

    public enum BuiltInParameter
    {
        INVALID = -1,
        ALL_MODEL_MARK = -1001203,
        [Obsolete("This value is deprecated in Revit 2027. Use ALL_MODEL_MARK instead.")]
        ALL_MODEL_MARK_BEFORE = -1001203,
        FRESH_PARAMETER_2027 = -1999999,
    }

    [Flags] public enum Wide : ulong { None = 0, Top = 0x8000000000000000, Most = 0xFFFFFFFFFFFFFFFF }
    public enum Tiny : sbyte { Low = -128, High = 127 }

    public class Element : IDisposable, IHidden
    {
        protected Element() { }
        internal Element(int secret) { }
        public ElementId Id { get { return null; } }
        public virtual string Name { get { return ""; } set { } }
        public string Comment { get; internal set; }
        public string Secret { set { } }
        protected string Guarded { get; set; }
        public Parameter this[BuiltInParameter which] { get { return null; } }
        public Parameter this[string name, int place] { get { return null; } set { } }
        public event EventHandler<EventArgs> Changed;
        protected event EventHandler Hidden;
        public static event Action<Element, int[]> Created;
        public readonly int Index;
        public const string Prefix = "E";
        public static int Count;
        protected int kept;
        private int own;
        public void Dispose() { }
        protected virtual void Dispose(bool disposing) { own = kept; Changed(null, null); Hidden(null, null); Created(null, null); }

        [Obsolete("This method is deprecated in Revit 2027 and may be removed later. Please use `Element.Relocate(XYZ)` instead.")]
        public void Move(double x, double y) { }
        public void Move(ref XYZ by) { }
        public void Move(params XYZ[] path) { }
        public void Relocate(XYZ to, bool copy = false, string why = "none") { }
        [Obsolete]
        public void Forgotten() { }
        [Obsolete("Use the other overload of Rename.")]
        public void Rename(string name) { }
        public void Rename(string name, bool force) { }
        public T As<T>() where T : Element { return null; }
        public IDictionary<K, IList<V[]>> Pairs<K, V>(K key, List<List<V>> lists, out V? last) where V : struct { last = null; return null; }
        public int[,,] Grid(int[][] jagged, string[,] table) { return null; }
        public unsafe void* Address(int* at) { return null; }
        public ref int Slot(XYZ place) { throw new Exception(); }
        public static Element Create(Element.Options options, Options.Detail detail) { return null; }
        public object Anything(dynamic it, IntPtr handle, decimal amount, object[] rest) { return null; }

        public class Options
        {
            public enum Detail { Coarse, Fine = 2 }
            public struct Range { public double From; public double To; }
            protected class Kept { public class Deep { } }
            internal class Inner { public class Deep { } }
        }
    }

    public class Wall : Element, INamed
    {
        double IHasArea.Area { get { return 0; } }
        string INamed.Name { get { return ""; } }
        public static Wall Create(ElementId level, params ElementId[] types) { return null; }
    }

    [Obsolete("This class is obsolete since Revit 2027; it is replaced by Autodesk.Revit.DB.Wall.")]
    public class OldWall : Wall { }

    public abstract class Shape { protected Shape() { } public abstract double Area(); public int Corners; }
    public static class Shapes { public static double AreaOf(this Shape shape) { return 0; } }
    public struct XYZ { public double X, Y, Z; public XYZ(double x, double y, double z) { X = x; Y = y; Z = z; } public double this[int idx] { get { return 0; } } }
    public delegate bool Chooser(Element element, ref int count);
    public class Parameter { public T Read<T>(string field) { return default(T); } }

    public class Bag<T> : IEnumerable<T> where T : class
    {
        public void Add(T item) { }
        public T this[int at] { get { return null; } }
        public U Turn<U>(T from, Func<T, U> how) { return default(U); }
        public IEnumerator<T> GetEnumerator() { return null; }
        IEnumerator IEnumerable.GetEnumerator() { return null; }
        public class Shelf { public IDictionary<T, Shelf> Beside(T item) { return null; } }
        public class Shelf<S> { public KeyValuePair<T, S> Both; }
    }
    public class ElementBag : Bag<Element> { }
    internal class Nobody { public int Value; }
}

namespace Autodesk.Revit.Exceptions
{
    public class ApplicationException : System.Exception { public ApplicationException(string message) { } }
}

// The made-up user interface of the made-up Revit API.
using System.Reflection;
using Autodesk.Revit.DB;

[assembly: AssemblyVersion("27.0.4.0")]

namespace Autodesk.Revit.UI
{
    public enum Result { Succeeded = 0, Failed = -1, Cancelled = 1 }
    public interface IExternalCommand { Result Execute(ref string message, Element element); }
    public class UIWall : Wall, INamed { public Wall Inner { get { return null; } } double IHasArea.Area { get { return 0; } } string INamed.Name { get { return ""; } } }
}

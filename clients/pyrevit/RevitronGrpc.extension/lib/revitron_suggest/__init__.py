# -*- coding: utf-8 -*-
"""What the buttons of this extension share; one text for IronPython 2.7 and 3.4."""
